-- Gives a tenant that has no lists its marker in this epoch, unless it has one of this epoch already.
--   KEYS[1] the tenant's marker · ARGV[1] epoch · ARGV[2] the marker to set
-- Returns the marker that holds.
local marker = redis.call('GET', KEYS[1])
if marker and string.sub(marker, 1, #ARGV[1] + 1) == ARGV[1] .. '.' then return marker end
redis.call('SET', KEYS[1], ARGV[2])
return ARGV[2]
