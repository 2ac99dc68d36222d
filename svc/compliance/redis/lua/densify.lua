-- Copies a list's numbers of one area code from a set into a bitmap. The set stays, because it is read until the list's settings say that
-- there is a bitmap.
--   KEYS[1] the set · KEYS[2] the bitmap
-- Returns how many numbers were copied.
local numbers = redis.call('SMEMBERS', KEYS[1])
-- The last bit is set first, so that the string gets its full length at once. A string that grows reserves up to twice its length.
redis.call('SETBIT', KEYS[2], 9999999, redis.call('GETBIT', KEYS[2], 9999999))
for _, number in ipairs(numbers) do redis.call('SETBIT', KEYS[2], number, 1) end
return #numbers
