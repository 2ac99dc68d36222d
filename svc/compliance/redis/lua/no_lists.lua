-- Tells whether a tenant has no suppression lists.
--   KEYS[1] the state · KEYS[2] the tenants that have lists · ARGV[1] epoch · ARGV[2] tenant
-- Returns 1, 0 when it has lists, or -1 when that is not known: the data is not complete, or is of another epoch.
local state = redis.call('HMGET', KEYS[1], 'epoch', 'ready')
if state[1] ~= ARGV[1] or state[2] ~= '1' then return -1 end
return 1 - redis.call('SISMEMBER', KEYS[2], ARGV[2])
