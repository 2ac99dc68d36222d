-- Copies a list's set of numbers of one area code into a bitmap. The set stays: whoever looks there must find them until
-- the list's settings say that there is a bitmap.
--   KEYS[1] the set · KEYS[2] the bitmap
-- Returns how many numbers were copied.
local numbers = redis.call('SMEMBERS', KEYS[1])
for _, number in ipairs(numbers) do redis.call('SETBIT', KEYS[2], number, 1) end
return #numbers
