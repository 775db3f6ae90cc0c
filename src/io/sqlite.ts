import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";

/** The code of SQLITE_BUSY; extended codes have it in their low byte. See https://sqlite.org/rescode.html#busy. */
const busyCode = 5;

/** A database and its statements, in the shape that Kysely's dialect for SQLite asks for. */
type Sqlite = {
  readonly exec: (sql: string) => void;
  readonly prepare: (sql: string) => SqliteStatement;
  readonly close: () => void;
};
type SqliteStatement = {
  /** True when it gives rows back. */
  readonly reader: boolean;
  readonly all: (parameters: readonly unknown[]) => unknown[];
  readonly run: (parameters: readonly unknown[]) => ReturnType<StatementSync["run"]>;
  readonly iterate: (parameters: readonly unknown[]) => IterableIterator<unknown>;
};

/**
 * Opens a file with the SQLite that Node brings. A statement waits at most `busyTimeoutMs` for another process. Throws
 * what SQLite throws: no database, no right to write, locked.
 */
export function openSqlite(file: string, busyTimeoutMs: number): Sqlite {
  const connection = new DatabaseSync(file, { timeout: busyTimeoutMs });
  return {
    exec: (sql) => {
      connection.exec(sql);
    },
    // On a full disk SQLite rolls back by itself, and to be told so once more would hide the reason.
    prepare: (sql) => (sql === "rollback" && !connection.isTransaction ? nothing : prepared(connection.prepare(sql))),
    close: () => {
      connection.close();
    },
  };
}

/** True when SQLite gave up waiting for another process. */
export function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    "errcode" in error &&
    typeof error.errcode === "number" &&
    (error.errcode & 0xff) === busyCode
  );
}

const nothing: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

function prepared(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(inputValue)),
    run: (parameters) => statement.run(...parameters.map(inputValue)),
    iterate: (parameters) => statement.iterate(...parameters.map(inputValue)),
  };
}

function inputValue(value: unknown): SQLInputValue {
  if (isInputValue(value)) return value;
  throw new TypeError(`a value of the type ${typeof value} cannot be stored`);
}

function isInputValue(value: unknown): value is SQLInputValue {
  return value === null || value instanceof Uint8Array || ["string", "number", "bigint"].includes(typeof value);
}
