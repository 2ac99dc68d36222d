-- Why there was an attempt, as AttemptOrigin of the contract: 1 the next try of a chain, 2 a test message. Ids that an origin has not are the nil UUID.
alter table dial.attempts add column origin smallint not null default 1;
update dial.attempts set origin = 2 where is_test;
