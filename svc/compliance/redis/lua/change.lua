-- Runs commands on the keys of one tenant. Runs none when the marker is not the one that the caller knows: then Redis has lost its data, or
-- another process applies the changes now.
--   KEYS[1] the tenant's marker · ARGV[1] the marker that the caller knows · ARGV[2] commands, as JSON: [[name, argument, ...], ...]
-- Returns 1, or 0 when nothing was done.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
for _, command in ipairs(cjson.decode(ARGV[2])) do redis.call(unpack(command)) end
return 1
