/** A small story every flow test can tell: a service runs quietly, then its database pool is exhausted. Same text for the same size and begin. */
export const sampleLog = ({
  quiet = 40,
  failures = 25,
  from = Date.UTC(2026, 10, 20, 12),
}: {
  quiet?: number;
  failures?: number;
  from?: number;
} = {}): string => {
  const at = (second: number): string => new Date(from + second * 1000).toISOString();
  const lines: string[] = [];
  for (let index = 0; index < quiet; index++)
    lines.push(`${at(index)} INFO http GET /orders/${1000 + index} 200 in ${10 + (index % 7)} ms`);
  for (let index = 0; index < failures; index++) {
    lines.push(
      `${at(quiet + index)} ERROR checkout timeout acquiring connection from pool orders-db after 5000 ms (order ${9000 + index})`,
    );
    if (index % 5 === 0)
      lines.push(
        'java.sql.SQLTransientConnectionException: pool exhausted',
        '\tat com.shop.Pool.acquire(Pool.java:88)',
        '\tat com.shop.Checkout.pay(Checkout.java:41)',
      );
  }
  lines.push(`${at(quiet + failures)} WARN http POST /checkout 503 in 5003 ms`);
  return `${lines.join('\n')}\n`;
};
