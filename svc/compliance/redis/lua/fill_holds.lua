-- Adds the holds of past attempts. A hold that began later stays.
--   KEYS[1] any key of the tenant, which names the slot · ARGV[1] what all keys begin with · ARGV[2] now, milliseconds since 1970
--   ARGV[3] as JSON: [[key, "c" for a call or "m" for a message, when it began, until when it holds (milliseconds since 1970), attempt id], ...]
-- Returns how many were added.
local now, added = tonumber(ARGV[2]), 0
for _, hold in ipairs(cjson.decode(ARGV[3])) do
  local key, left = ARGV[1] .. hold[1], hold[4] - now
  local began = tonumber(string.match(redis.call('GET', key) or '', '^%a(%d+) ') or '0')
  if left > 0 and began < hold[3] then
    redis.call('SET', key, string.format('%s%d %s - 0', hold[2], hold[3], hold[5]), 'PX', string.format('%d', left))
    added = added + 1
  end
end
return added
