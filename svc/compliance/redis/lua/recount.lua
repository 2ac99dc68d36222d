-- Lets attempts that are counted already count from now on, all in one step. A refund of before then leaves them in. None is changed unless all are counted.
--   KEYS[1] any key of the tenant, which names the slot · ARGV[1] what all keys begin with · ARGV[2] now, milliseconds since 1970
--   ARGV[3] as JSON: [[key, attempt id], ...]
-- Returns 1, or 0 when one is not counted any more.
local now, later = tonumber(ARGV[2]), {}
for _, count in ipairs(cjson.decode(ARGV[3])) do
  local key = ARGV[1] .. count[1]
  local counted = redis.call('ZSCORE', key, count[2])
  if not counted then return 0 end
  if tonumber(counted) < now then later[#later + 1] = {key, count[2]} end
end
for _, count in ipairs(later) do redis.call('ZADD', count[1], string.format('%d', now), count[2]) end
return 1
