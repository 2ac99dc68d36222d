-- Notes that a counter is complete, if the server and the rules are still those for which it was filled.
--   KEYS[1] run of the server and version of the rules, as check.lua last saw them · KEYS[2] the counters that are filled
--   ARGV[1] run and version · ARGV[2] counter · ARGV[3] horizon, milliseconds
-- Returns 1, or 0 when they have changed.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
