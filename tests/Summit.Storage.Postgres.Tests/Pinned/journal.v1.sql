CREATE SCHEMA summit;
CREATE TABLE summit.schema_version (version integer NOT NULL);
INSERT INTO summit.schema_version VALUES (1);
CREATE TABLE summit.streams (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text COLLATE "C" NOT NULL,
    key uuid NOT NULL,
    UNIQUE (key, kind)
);
INSERT INTO summit.streams (kind, key) VALUES ('session', '01994f3a-7b00-7000-8000-000000000001');
CREATE TABLE summit.records (
    stream bigint NOT NULL,
    version bigint NOT NULL,
    type text NOT NULL,
    data bytea NOT NULL,
    at bigint NOT NULL,
    actor uuid NOT NULL,
    command uuid NOT NULL,
    checksum bigint NOT NULL,
    PRIMARY KEY (stream, version)
);
INSERT INTO summit.records VALUES
    (1, 1, 'session.item-posted.v1', '\x7b2274657874223a22d09ad0bed0b3d0b020d189d0b520d0b8d0bcd0b020d181d18fd0bdd0bad0b020d0bdd0b020d181d0bfd0b8d180d0bad0b8d182d0b53f227d',
     1789552800000, '01994f3a-7b00-7000-8000-0000000000a1', '01994f3a-7b00-7000-8000-0000000000c1', 3113301536),
    (1, 2, 'command.noted.v1', '', 1789552800007, '00000000-0000-0000-0000-000000000000', '01994f3a-7b00-7000-8000-0000000000c2', 537763592);
CREATE TABLE summit.snapshots (
    stream bigint PRIMARY KEY,
    version bigint NOT NULL,
    format text NOT NULL,
    data bytea NOT NULL,
    checksum bigint NOT NULL
);
INSERT INTO summit.snapshots VALUES (1, 2, 'session.1', '\x7b226974656d73223a5b5d2c226e223a32', 2456641169);
