-- Copies a list's set of numbers of one area code into a bitmap. The set stays: whoever looks there must find them until
-- the list's settings say that there is a bitmap.
--   KEYS[1] the set · KEYS[2] the bitmap
-- Returns how many numbers were copied.
local numbers = redis.call('SMEMBERS', KEYS[1])
-- The last bit first: a string that grows bit by bit keeps up to as much again in reserve.
redis.call('SETBIT', KEYS[2], 9999999, redis.call('GETBIT', KEYS[2], 9999999))
for _, number in ipairs(numbers) do redis.call('SETBIT', KEYS[2], number, 1) end
return #numbers
