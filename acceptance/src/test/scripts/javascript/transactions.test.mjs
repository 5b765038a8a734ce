// Transactions and PartiQL statements, as the document client speaks them.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import test from "node:test";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  BatchExecuteStatementCommand,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetCommand,
  PutCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";
import { documents, refused, table } from "./gramme.mjs";

const dynamodb = documents();

test("four actions on two tables are done together or not at all", async (t) => {
  const orders = await table(t, "customer:S order:N", { TableName: "transacted-orders" });
  const stock = await table(t, "id:S", { TableName: "transacted-stock" });
  await dynamodb.send(new PutCommand({ TableName: stock, Item: { id: "apple", left: 3 } }));
  await dynamodb.send(new PutCommand({ TableName: stock, Item: { id: "old" } }));
  await dynamodb.send(new PutCommand({ TableName: stock, Item: { id: "open" } }));
  const order = (number, count) =>
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: orders,
            Item: { customer: "ann", order: number, count, tags: new Set(["new"]), lines: [{ of: "apple" }] },
            ConditionExpression: "attribute_not_exists(customer)",
          },
        },
        {
          Update: {
            TableName: stock,
            Key: { id: "apple" },
            UpdateExpression: "SET #left = #left - :count",
            ConditionExpression: "#left >= :count",
            ExpressionAttributeNames: { "#left": "left" },
            ExpressionAttributeValues: { ":count": count },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          },
        },
        { Delete: { TableName: stock, Key: { id: "old" } } },
        { ConditionCheck: { TableName: stock, Key: { id: "open" }, ConditionExpression: "attribute_exists(id)" } },
      ],
      ReturnConsumedCapacity: "TOTAL",
    });
  const done = await dynamodb.send(order(1, 2));
  assert.deepEqual(
    done.ConsumedCapacity.map((one) => one.TableName).sort(),
    [orders, stock].sort(),
  );
  const { Responses } = await dynamodb.send(
    new TransactGetCommand({
      TransactItems: [
        { Get: { TableName: orders, Key: { customer: "ann", order: 1 } } },
        { Get: { TableName: stock, Key: { id: "apple" }, ProjectionExpression: "#l", ExpressionAttributeNames: { "#l": "left" } } },
        { Get: { TableName: stock, Key: { id: "old" } } },
      ],
    }),
  );
  assert.deepEqual(Responses, [
    { Item: { customer: "ann", order: 1, count: 2, tags: new Set(["new"]), lines: [{ of: "apple" }] } },
    { Item: { left: 1 } },
    {},
  ]);

  const cancelled = await refused("TransactionCanceledException", dynamodb.send(order(2, 2)));
  assert.ok(cancelled instanceof TransactionCanceledException);
  assert.deepEqual(
    cancelled.CancellationReasons.map((reason) => reason.Code),
    ["None", "ConditionalCheckFailed", "None", "None"],
  );
  assert.equal(cancelled.CancellationReasons[1].Message, "The conditional request failed");
  assert.deepEqual(cancelled.CancellationReasons[1].Item, { id: { S: "apple" }, left: { N: "1" } });
  assert.equal((await dynamodb.send(new ScanCommand({ TableName: orders, Select: "COUNT" }))).Count, 1);
});

test("a token that is sent again changes nothing, and means the same request", async (t) => {
  const TableName = await table(t, "id:S");
  const deposit = (amount, ClientRequestToken) =>
    dynamodb.send(
      new TransactWriteCommand({
        ClientRequestToken,
        TransactItems: [
          {
            Update: {
              TableName,
              Key: { id: "account" },
              UpdateExpression: "ADD balance :amount",
              ExpressionAttributeValues: { ":amount": amount },
            },
          },
        ],
      }),
    );
  const token = randomUUID();
  await deposit(10, token);
  await deposit(10, token);
  await refused("IdempotentParameterMismatchException", deposit(11, token));
  const { Item } = await dynamodb.send(new GetCommand({ TableName, Key: { id: "account" } }));
  assert.equal(Item.balance, 10);
});

test("transfers that meet each other keep the sum", async (t) => {
  const TableName = await table(t, "id:N");
  const accounts = 4;
  for (let id = 0; id < accounts; id++) {
    await dynamodb.send(new PutCommand({ TableName, Item: { id, balance: 100 } }));
  }
  const add = (id, amount) => ({
    Update: {
      TableName,
      Key: { id },
      UpdateExpression: "SET balance = balance + :amount",
      ConditionExpression: "balance >= :need",
      ExpressionAttributeValues: { ":amount": amount, ":need": -amount },
    },
  });
  const outcomes = new Set();
  const client = async (me) => {
    for (let i = 0; i < 25; i++) {
      const from = (me + i) % accounts;
      const to = (from + 1 + (i % (accounts - 1))) % accounts;
      await dynamodb.send(new TransactWriteCommand({ TransactItems: [add(from, -7), add(to, 7)] })).then(
        () => outcomes.add("done"),
        (e) => outcomes.add(e.name),
      );
    }
  };
  await Promise.all([0, 1, 2, 3, 4, 5].map(client));
  outcomes.delete("TransactionCanceledException");
  assert.deepEqual([...outcomes], ["done"]);
  let sum = 0;
  for await (const page of paginateScan({ client: dynamodb, pageSize: 2 }, { TableName, ConsistentRead: true })) {
    page.Items.forEach((item) => {
      assert.ok(item.balance >= 0);
      sum += item.balance;
    });
  }
  assert.equal(sum, accounts * 100);
});

test("statements take and give documents", async (t) => {
  const TableName = await table(t, "pk:S sk:N");
  const run = (Statement, Parameters, more) =>
    dynamodb.send(new ExecuteStatementCommand({ Statement, ...(Parameters && { Parameters }), ...more }));
  for (let sk = 1; sk <= 5; sk++) {
    await run(`INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?, 'doc': ?}`, ["a", sk, { lines: [sk, null, "ä"], yes: true }]);
  }
  await refused("DuplicateItemException", run(`INSERT INTO "${TableName}" VALUE {'pk': 'a', 'sk': 1}`));
  const found = [];
  let NextToken;
  let pages = 0;
  do {
    const page = await run(`SELECT sk, doc.lines[0] FROM "${TableName}" WHERE pk = ? AND sk >= ? ORDER BY sk DESC`, ["a", 2], {
      Limit: 2,
      NextToken,
    });
    found.push(...page.Items);
    NextToken = page.NextToken;
    pages++;
  } while (NextToken);
  assert.deepEqual(
    found.map((item) => item.sk),
    [5, 4, 3, 2],
  );
  assert.ok(pages >= 2);
  const updated = await run(
    `UPDATE "${TableName}" SET words = ? SET doc.yes = false WHERE pk = 'a' AND sk = 1 RETURNING ALL NEW *`,
    [new Set(["x", "y"])],
  );
  assert.deepEqual(updated.Items, [
    { pk: "a", sk: 1, words: new Set(["x", "y"]), doc: { lines: [1, null, "ä"], yes: false } },
  ]);
  const deleted = await run(`DELETE FROM "${TableName}" WHERE pk = ? AND sk = ? RETURNING ALL OLD *`, ["a", 5]);
  assert.equal(deleted.Items[0].sk, 5);
  const malformed = await refused("ValidationException", run(`SELECT FROM "${TableName}"`));
  assert.match(malformed.message, /^Statement wasn't well formed, can't be processed: /);
});

test("statements go in batches, each with its own end, and in transactions, with one", async (t) => {
  const TableName = await table(t, "id:S");
  const insert = (id) => ({ Statement: `INSERT INTO "${TableName}" VALUE {'id': ?, 'n': ?}`, Parameters: [id, 1] });
  const { Responses } = await dynamodb.send(
    new BatchExecuteStatementCommand({ Statements: [insert("a"), insert("b"), { Statement: `INSERT INTO "none" VALUE {'id': 'x'}` }] }),
  );
  assert.deepEqual(
    Responses.map((response) => response.Error?.Code),
    [undefined, undefined, "ResourceNotFound"],
  );
  const read = await dynamodb.send(
    new BatchExecuteStatementCommand({
      Statements: ["a", "b", "c"].map((id) => ({ Statement: `SELECT n FROM "${TableName}" WHERE id = ?`, Parameters: [id] })),
    }),
  );
  assert.deepEqual(
    read.Responses.map((response) => response.Item),
    [{ n: 1 }, { n: 1 }, undefined],
  );
  await dynamodb.send(
    new ExecuteTransactionCommand({
      TransactStatements: [
        { Statement: `EXISTS(SELECT * FROM "${TableName}" WHERE id = 'a' AND n = ?)`, Parameters: [1] },
        { Statement: `UPDATE "${TableName}" SET n = n + ? WHERE id = 'b'`, Parameters: [5] },
        insert("c"),
      ],
    }),
  );
  const cancelled = await refused(
    "TransactionCanceledException",
    dynamodb.send(
      new ExecuteTransactionCommand({
        TransactStatements: [{ Statement: `DELETE FROM "${TableName}" WHERE id = 'a' AND n = 2` }, insert("d")],
      }),
    ),
  );
  assert.deepEqual(
    cancelled.CancellationReasons.map((reason) => reason.Code),
    ["ConditionalCheckFailed", "None"],
  );
  const { Items } = await dynamodb.send(new ScanCommand({ TableName }));
  assert.deepEqual(
    Object.fromEntries(Items.map((item) => [item.id, item.n])),
    { a: 1, b: 6, c: 1 },
  );
});
