-- Says that a counter holds every attempt of its horizon, if the rules are still those under which it was filled.
--   KEYS[1] version of the rules that last looked · KEYS[2] the counters that are filled · ARGV[1] version · ARGV[2] counter · ARGV[3] horizon, milliseconds
-- Returns 1, or 0 when the rules have changed.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
return 1
