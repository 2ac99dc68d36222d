-- Every attempt is written twice, and its second version is as long as the first: with half of a page free both lie on it, and no index hears of the second.
alter table dial.attempts set (fillfactor = 50);
