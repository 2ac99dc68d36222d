-- On which line the header of a file was found, and whether its character set was a guess.
alter table lists.imports add column header_line integer not null default 0;
alter table lists.imports add column is_encoding_guessed boolean not null default false;
