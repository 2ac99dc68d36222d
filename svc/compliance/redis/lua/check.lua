-- Looks up suppression for a batch of attempts of one tenant, counts earlier attempts for their caps, sees whether others are in progress,
-- and for those that may be made reserves a count and holds their device and client. All of it happens in one step, so that two processes cannot
-- both take the last attempt of a cap or the same number, and so that lost data or data of another epoch is noticed.
--   KEYS[1] the tenant's marker · ARGV[1] the marker that the caller knows (empty: none) · ARGV[2] a batch, as JSON:
--     now       milliseconds since 1970
--     prefix    of the tenant's keys in this epoch
--     run       of the Redis server · version of the tenant's rules · known: ids of all counters that they feed
--     counters  {id, horizon (ms), byClient, byGroup}: what is counted
--     caps      {counter (position in counters, from 1), limit, period (ms)}: what is asked
--     policy    {id, call, message}: how long attempts hold, ms, 0 for not at all; absent where none do
--     lists     sets of suppression lists {id, byClient, windows, dense: {area code: 1}}
--     plans     {caps, feeds}: positions of what is asked and what is counted
--     checks    [position in lists, position in plans, attempt id, device, client, group, 1 when nothing else refuses, "c" for a call or "m" for a
--               message, record, lease]
-- Returns {1, hits, counts, reserved, busy}, the last three each in one text, which is read faster than an array:
--     hits      check (from 0), list (from 0 within its set), "from:until" or "" for always, and so on
--     counts    for each check and each cap of its plan: attempts without this one, and when enough of them have left the period (-1: has room, or never)
--     reserved  the checks (from 0) that count from now on
--     busy      check (from 0), "c" or "m" for what is in progress, "d" or "c" for whether device or client is held, until when, and so on
-- or {0, marker} when the marker is another, or {2, counter id} when a counter has to be filled from the decisions first.
local marker = redis.call('GET', KEYS[1]) or ''
if marker ~= ARGV[1] then return {0, marker} end

local batch = cjson.decode(ARGV[2])
local now, prefix, counters, caps = batch.now, batch.prefix, batch.counters, batch.caps

-- A counter lacks the attempts of a time in which no rule used it. After a restart of Redis every counter may lack the last attempts. Such
-- counters have to be filled before they are read again.
local filled_for = redis.call('GET', prefix .. 'filled_for') or ''
if filled_for ~= batch.run .. ' ' .. batch.version then
  local known = {}
  if string.sub(filled_for, 1, #batch.run + 1) == batch.run .. ' ' then
    for _, id in ipairs(batch.known) do known[id] = true end
  end
  for _, id in ipairs(redis.call('HKEYS', prefix .. 'counters')) do
    if not known[id] then redis.call('HDEL', prefix .. 'counters', id) end
  end
  redis.call('SET', prefix .. 'filled_for', batch.run .. ' ' .. batch.version)
end

for _, cap in ipairs(caps) do
  local counter = counters[cap.counter]
  local filled = redis.call('HGET', prefix .. 'counters', counter.id)
  if not filled or tonumber(filled) < cap.period then return {2, counter.id} end
end

local policy = batch.policy
if policy and redis.call('HEXISTS', prefix .. 'counters', policy.id) == 0 then return {2, policy.id} end

local function entry(list, device, client)
  local value = list.byClient and client or device
  if value == '' then return nil end
  local found
  if not list.byClient and #value == 12 and string.find(value, '^%+1%d+$') then
    local area, line = string.sub(value, 3, 5), string.sub(value, 6)
    if list.dense[area] then found = redis.call('GETBIT', prefix .. 'b:' .. list.id .. ':' .. area, tonumber(line))
    else found = redis.call('SISMEMBER', prefix .. 's:' .. list.id .. ':' .. area, tonumber(line)) end
  else
    found = redis.call('SISMEMBER', prefix .. 'r:' .. list.id, value)
  end
  if found == 1 then return '' end
  return list.windows and redis.call('HGET', prefix .. 'w:' .. list.id, value) or nil
end

local function holds(window)
  if window == '' then return true end
  local from, till = string.match(window, '^(%d*):(%d*)$')
  return (from == '' or now >= tonumber(from)) and (till == '' or now < tonumber(till))
end

local function key(counter, device, client, group)
  local subject = counter.byClient and client ~= '' and client or device
  return prefix .. 'c:' .. counter.id .. ':' .. (counter.byGroup and group or '') .. ':' .. subject
end

local function made(cap, counted, attempt)
  local after = '(' .. string.format('%d', now - cap.period)
  local count = redis.call('ZCOUNT', counted, after, '+inf')
  if count > 0 then
    local own = redis.call('ZSCORE', counted, attempt)
    if own and tonumber(own) > now - cap.period then count = count - 1 end
  end
  if count < cap.limit or cap.limit == 0 then return count, -1 end
  local leaving = redis.call('ZRANGEBYSCORE', counted, after, '+inf', 'WITHSCORES', 'LIMIT', count - cap.limit, 1)
  return count, tonumber(leaving[2]) + cap.period
end

-- A hold is stored as "<kind><when it began> <attempt>.<lease> <chain> <when an earlier message of the chain began, or 0>".
-- Returns the kind and the end of a hold that refuses this attempt. Otherwise returns nil, and when an earlier message of the same chain began (0: none).
local function held(value, attempt, chain)
  local kind, began, owner, of, before = string.match(value, '^(%a)(%d+) ([%x-]+)%S* (%S+) (%d+)$')
  local till = tonumber(began) + (kind == 'c' and policy.call or policy.message)
  if till <= now then return nil, 0 end
  if owner == attempt then return nil, before end
  if of ~= chain or chain == '-' then return kind, till end
  return nil, kind == 'm' and began or before
end

-- Returns the hold that refuses an attempt. If there is none and the attempt may be made, it holds its device and client from now on.
local function busy(attempt, lease, device, client, chain, kind, may_hold)
  local keys = {prefix .. 'h:d:' .. device, client ~= '' and prefix .. 'h:c:' .. client or nil}
  local before = {0, 0}
  for i, value in ipairs(redis.call('MGET', unpack(keys))) do
    if value then
      local other, at = held(value, attempt, chain)
      if other then return other .. (i == 1 and ' d ' or ' c ') .. string.format('%d', at) end
      before[i] = at
    end
  end
  local length = kind == 'c' and policy.call or policy.message
  if not may_hold or length == 0 then return nil end
  local value = string.format('%s%d %s.%d %s ', kind, now, attempt, lease, chain)
  for i, one in ipairs(keys) do
    redis.call('SET', one, value .. before[i], 'PX', string.format('%d', length))
  end
  return nil
end

local hits, counts, reserved, waits = {}, {}, {}, {}
for position, check in ipairs(batch.checks) do
  local lists, plan = batch.lists[check[1]], batch.plans[check[2]]
  local attempt, device, client, group, open = check[3], check[4], check[5], check[6], check[7] == 1

  for number, list in ipairs(lists) do
    local window = entry(list, device, client)
    if window then
      hits[#hits + 1] = position - 1
      hits[#hits + 1] = number - 1
      hits[#hits + 1] = window
      if holds(window) then open = false end
    end
  end

  for _, number in ipairs(plan.caps) do
    local cap = caps[number]
    local count, free = made(cap, key(counters[cap.counter], device, client, group), attempt)
    counts[#counts + 1] = string.format('%d %d', count, free)
    if count >= cap.limit then open = false end
  end

  if policy then
    local chain = check[9] == '' and '-' or group .. check[9]
    local wait = busy(attempt, check[10], device, client, chain, check[8], open)
    if wait then
      waits[#waits + 1] = string.format('%d %s', position - 1, wait)
      open = false
    end
  end

  if open then
    local added = 0
    for _, number in ipairs(plan.feeds) do
      local counter = counters[number]
      -- An attempt outside campaigns belongs to no group and is counted in none.
      if not counter.byGroup or group ~= '' then
        local counted = key(counter, device, client, group)
        redis.call('ZREMRANGEBYSCORE', counted, '-inf', string.format('%d', now - counter.horizon))
        added = added + redis.call('ZADD', counted, 'NX', string.format('%d', now), attempt)
        redis.call('PEXPIRE', counted, string.format('%d', counter.horizon))
      end
    end
    if added > 0 then reserved[#reserved + 1] = position - 1 end
  end
end
return {1, hits, table.concat(counts, ' '), table.concat(reserved, ' '), table.concat(waits, ' ')}
