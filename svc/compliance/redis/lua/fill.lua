-- Adds past attempts to counters.
--   KEYS[1] any key of the tenant, which names the slot · ARGV[1] what all keys begin with · ARGV[2] as JSON: [[key, attempt id, time, horizon], ...], times in milliseconds
-- Returns how many were not counted before.
local added = 0
for _, attempt in ipairs(cjson.decode(ARGV[2])) do
  local counted = ARGV[1] .. attempt[1]
  added = added + redis.call('ZADD', counted, 'NX', string.format('%d', attempt[3]), attempt[2])
  redis.call('PEXPIRE', counted, string.format('%d', attempt[4]))
end
return added
