import { describe, expect, test } from 'vitest';
import { extractFields } from '#src/tickets/classify/index.ts';
import { processorMs } from '#tests/support/processor-time.ts';

const valuesOf = (text: string, kind: string): string[] =>
  extractFields(text)
    .filter((one) => one.kind === kind)
    .map((one) => one.value);

const ticket = `payment-gateway on prod returns 502 since v2.14.0 (was 2.13.9 before).
Order #4711-0815 of INV-20931 is stuck, see SHOP-482 and https://status.example.com/i/7?x=1.
Hosts db-prod-03 and 10.2.3.4, namespace checkout.svc.cluster.local. Mail me at jane.doe@web-01.example.org. CVE-2024-12345?`;

describe('facts a ticket names', () => {
  test('each is quoted from the place it says', () => {
    const fields = extractFields(ticket);
    expect(fields.length).toBeGreaterThan(8);
    for (const { value, start, end } of fields) expect(ticket.slice(start, end)).toBe(value);
  });

  test('service, environment, versions, order, ticket, hosts and link are found', () => {
    expect(valuesOf(ticket, 'service')).toEqual(['payment-gateway']);
    expect(valuesOf(ticket, 'environment')).toEqual(['prod']);
    expect(valuesOf(ticket, 'version')).toEqual(['v2.14.0', '2.13.9']);
    expect(valuesOf(ticket, 'order')).toEqual(['4711-0815']);
    expect(valuesOf(ticket, 'ticket')).toEqual(['INV-20931', 'SHOP-482']);
    expect(valuesOf(ticket, 'host')).toEqual(['db-prod-03', '10.2.3.4', 'checkout.svc.cluster.local']);
    expect(valuesOf(ticket, 'link')).toEqual(['https://status.example.com/i/7?x=1']);
    expect(valuesOf(ticket, 'vulnerability')).toEqual(['CVE-2024-12345']);
  });

  test('the number of an order is known by the noun before it, in German, French and Spanish as well', () => {
    expect(valuesOf('Rechnung Nr. 20341 zur Bestellung 4711-0815 fehlt', 'order')).toEqual(['20341', '4711-0815']);
    expect(valuesOf('La facture n° 20341 de la commande 88123 manque', 'order')).toEqual(['20341', '88123']);
    expect(valuesOf('Falta la factura 20341 del pedido 88123', 'order')).toEqual(['20341', '88123']);
  });

  test('numbers of service desks are known without a noun, customers and devices by theirs, in each language', () => {
    expect(valuesOf('see INC0098761 and RITM0012345', 'ticket')).toEqual(['INC0098761', 'RITM0012345']);
    expect(valuesOf('order 77120-C of customer no. 40017 hangs', 'order')).toEqual(['77120-C']);
    for (const text of [
      'order of customer no. 40017',
      'Kundennummer: 40017',
      'Kunde 40017 ruft an',
      'le client n° 40017',
      'el cliente 40017',
    ])
      expect([text, valuesOf(text, 'customer')]).toEqual([text, ['40017']]);
    for (const text of ['host NB-0123 is slow', 'Laptop NB-0123 piept', 'le poste NB-0123 est lent', 'el portátil NB-0123 no arranca'])
      expect([text, valuesOf(text, 'host'), valuesOf(text, 'ticket')]).toEqual([text, ['NB-0123'], []]);
  });

  test('a product with a bare number is a version, services are known by their noun, and préprod is an environment', () => {
    expect(valuesOf('Fails in Firefox 131, iOS 18.1 and on Java 17 under Windows 11', 'version')).toEqual([
      'Firefox 131',
      'iOS 18.1',
      'Java 17',
      'Windows 11',
    ]);
    expect(valuesOf('We need Java 3 times and Office 5 licences', 'version')).toEqual([]);
    expect(valuesOf('Since noon the billing service and our pricing API answer with 500', 'service')).toEqual([
      'billing service',
      'pricing API',
    ]);
    expect(valuesOf('The customer service and the new service are nice', 'service')).toEqual([]);
    expect(valuesOf('Ça échoue en préprod', 'environment')).toEqual(['préprod']);
  });

  test('environments are known by what German, French and Spanish call them', () => {
    expect(valuesOf('Im Produktivsystem geht es, in der Testumgebung nicht', 'environment')).toEqual(['Produktivsystem', 'Testumgebung']);
    expect(valuesOf('Seulement dans l’environnement de recette', 'environment')).toEqual(['environnement de recette']);
    expect(valuesOf('Pasa en el entorno de pruebas', 'environment')).toEqual(['entorno de pruebas']);
  });

  test('an e-mail address is neither a host nor a link', () => {
    for (const { value } of extractFields('write to ops-01@mail.example.com or bob@prod.example.com'))
      expect(value).not.toMatch(/example|ops/);
  });

  test('standards, dates, amounts and plain numbers are not taken for ids or versions', () => {
    expect(extractFields('UTF-8 and SHA-256 on 2024.05.17 or 17.05.2024: 3.5 GB, 12.50 EUR, 99.9 %, 5 users')).toEqual([]);
  });

  test('text without facts has none', () => {
    for (const text of ['', 'please help me', '🔥', '... --- ...']) expect(extractFields(text)).toEqual([]);
  });

  test.each(['a-'.repeat(500_000), 'a.'.repeat(500_000), '1.'.repeat(500_000), 'order '.repeat(170_000), '#'.repeat(1_000_000)])(
    'a megabyte of the same is read in well under a second (%#)',
    async (text) => expect(await processorMs(() => extractFields(text))).toBeLessThan(3000),
  );
});
