-- Ends the holds of attempts, if they still have them. An earlier message of the same chain holds on until its time is over.
--   KEYS[1] any key of the tenant, which names the slot · ARGV[1] what all keys begin with · ARGV[2] now, milliseconds since 1970
--   ARGV[3] how long a message holds, milliseconds · ARGV[4] as JSON: [[key, attempt id, the last lease whose hold ends, or 0 for all], ...]
-- Returns how many ended.
local now, length, ended = tonumber(ARGV[2]), tonumber(ARGV[3]), 0
for _, hold in ipairs(cjson.decode(ARGV[4])) do
  local key = ARGV[1] .. hold[1]
  local attempt, lease, chain, before = string.match(redis.call('GET', key) or '', '^%a%d+ ([%x-]+)%.?(%d*) (%S+) (%d+)$')
  if attempt == hold[2] and (hold[3] == 0 or (tonumber(lease) or 0) <= hold[3]) then
    local left = tonumber(before) + length - now
    if left > 0 then redis.call('SET', key, 'm' .. before .. ' - ' .. chain .. ' 0', 'PX', string.format('%d', left))
    else redis.call('DEL', key) end
    ended = ended + 1
  end
end
return ended
