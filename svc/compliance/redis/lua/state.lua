-- Changes the state of the data, if it is still of the caller's epoch. After Redis has lost its data it is not.
--   KEYS[1] the state · ARGV[1] epoch · ARGV[2…] fields and values
-- Returns 1, or 0 when the state is of another epoch or gone.
if redis.call('HGET', KEYS[1], 'epoch') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 2))
return 1
