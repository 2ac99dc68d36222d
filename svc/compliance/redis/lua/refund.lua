-- Takes attempts out of counters, all in one step. One that was counted later than its refund says was allowed again since, and stays.
--   KEYS[1] any key of the tenant, which names the slot · ARGV[1] what all keys begin with
--   ARGV[2] as JSON: [[key, attempt id, until when it was counted at the latest (milliseconds since 1970)], ...]
-- Returns how many were taken out.
local taken = 0
for _, refund in ipairs(cjson.decode(ARGV[2])) do
  local counted = redis.call('ZSCORE', ARGV[1] .. refund[1], refund[2])
  if counted and tonumber(counted) <= refund[3] then taken = taken + redis.call('ZREM', ARGV[1] .. refund[1], refund[2]) end
end
return taken
