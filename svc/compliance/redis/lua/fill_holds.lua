-- Adds the holds of past attempts, oldest first. A hold that began later stays.
--   KEYS[1] any key of the tenant, which names the slot · ARGV[1] what all keys begin with · ARGV[2] now, milliseconds since 1970
--   ARGV[3] as JSON: [[key, "c" for a call or "m" for a message, when it began, until when it holds (milliseconds since 1970),
--     "<attempt id>.<lease>", chain or "-"], ...]
-- Returns how many were added.
local now, added = tonumber(ARGV[2]), 0
for _, hold in ipairs(cjson.decode(ARGV[3])) do
  local key, left = ARGV[1] .. hold[1], hold[4] - now
  local kind, began, chain, before = string.match(redis.call('GET', key) or '', '^(%a)(%d+) %S+ (%S+) (%d+)$')
  if left > 0 and (tonumber(began) or 0) < hold[3] then
    if not chain or chain == '-' or chain ~= hold[6] then before = '0' elseif kind == 'm' then before = began end
    local value = string.format('%s%d %s %s %s', hold[2], hold[3], hold[5], hold[6], before)
    redis.call('SET', key, value, 'PX', string.format('%d', left))
    added = added + 1
  end
end
return added
