-- Notes which suppression changes are applied and how current they are. Only the leader may do this, and only while the data is complete.
--   KEYS[1] the leader's name · KEYS[2] the state · ARGV[1] name of the caller · ARGV[2] epoch
--   ARGV[3] sequence applied · ARGV[4] milliseconds since the data was known to be current; below 0: not known
-- Returns 1, or 0 when the caller does not lead or the data is not complete.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local state = redis.call('HMGET', KEYS[2], 'epoch', 'ready')
if state[1] ~= ARGV[2] or state[2] ~= '1' then return 0 end
redis.call('HSET', KEYS[2], 'sequence', ARGV[3])
if tonumber(ARGV[4]) >= 0 then
  local time = redis.call('TIME')
  local current = time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[4]
  -- The parts of a long import were accepted one by one, and all arrive at its end. So their age must not make the data look older.
  local before = tonumber(redis.call('HGET', KEYS[2], 'current') or '0')
  if current > before then redis.call('HSET', KEYS[2], 'current', string.format('%d', current)) end
end
return 1
