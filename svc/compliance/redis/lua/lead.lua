-- Takes or keeps the lead. One process leads and applies the suppression changes, until it does not renew its lease in time.
--   KEYS[1] the leader's name · KEYS[2] how often the lead changed hands · ARGV[1] name of the caller · ARGV[2] lease, milliseconds
-- Returns the number of this lead, or 0 when another process leads.
local leader = redis.call('GET', KEYS[1])
if leader and leader ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return leader and tonumber(redis.call('GET', KEYS[2]) or '0') or redis.call('INCR', KEYS[2])
