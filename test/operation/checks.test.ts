import { expect } from 'chai';
import {
  type Check,
  checkDescription,
  checkMethod,
  checkNewOperationId,
  checkNewPath,
  checkOperationId,
  checkParameterDescription,
  checkParameterName,
  checkParameterPlace,
  checkParameterSummary,
  checkPath,
  checkStatus,
  checkSummary,
  checkVisibility,
} from '../../src/operation/checks.ts';
import { exampleDefinition } from '../../src/rules/examples/example-files.ts';

function accepts(check: (text: string) => Check, texts: readonly string[]): void {
  for (const text of texts) it(`accepts ${JSON.stringify(text)}`, () => expect(check(text)).to.equal(true));
}

/** Rows: text, what the message must say. */
function refuses(check: (text: string) => Check, rows: readonly (readonly [string, RegExp])[]): void {
  for (const [text, message] of rows) {
    it(`refuses ${JSON.stringify(text)}`, () => expect(check(text)).to.be.a('string').and.match(message));
  }
}

describe('checks of answers about an operation', () => {
  describe('operation id', () => {
    accepts(checkOperationId, ['ListOrders', 'GetOrder_V2', 'listOrders', 'A'.repeat(80)]);
    refuses(checkOperationId, [
      ['', /missing/],
      ['List orders', /letters, digits and underscores/],
      ['list-orders', /letters, digits and underscores/],
      ['2Orders', /begins with a letter/],
      ['A'.repeat(81), /81 characters; at most 80/],
    ]);
    const isNew = (id: string) => checkNewOperationId(id, exampleDefinition);
    accepts(isNew, ['ListWarnings']);
    refuses(isNew, [
      ['ListStations', /taken by GET \/stations/],
      ['liststations', /"ListStations" is taken/],
      ['', /missing/],
    ]);
  });

  describe('method', () => {
    accepts(checkMethod, ['get', 'POST', ' patch ']);
    refuses(checkMethod, [
      ['pots', /did you mean post/],
      ['', /allowed are get, post/],
    ]);
  });

  describe('path', () => {
    accepts(checkPath, ['/', '/orders', '/orders/{orderId}', '/a.{b}/c', '/orders/{a}/items/{b}']);
    refuses(checkPath, [
      ['', /missing/],
      ['orders', /must begin with a slash, such as "\/orders"/],
      ['https://api.contoso.com/orders', /such as "\/orders"/],
      ['/orders?top=1', /query/],
      ['/orders#x', /query or fragment/],
      ['/orders/*', /asterisk/],
      ['/my orders', /blanks/],
      ['/orders/{id', /incomplete variable/],
      ['/orders/{}', /incomplete variable/],
      ['/orders/{a/b}', /incomplete variable/],
      ['/orders/{id=1}', /default/],
      ['/orders/{id}/items/{id}', /twice/],
    ]);
    const isNew = (path: string) => checkNewPath(path, 'get', exampleDefinition);
    accepts(isNew, ['/warnings', '/hooks']);
    refuses(isNew, [
      ['/stations', /GET \/stations is already there, as "ListStations"/],
      ['/stations/{id}', /can't be distinguished from "\/stations\/\{stationId\}"/],
      ['/Stations', /can't be distinguished/],
    ]);
  });

  describe('summary', () => {
    accepts(checkSummary, ['List orders', 'Get order (V2)', 'Ask GitHub', 'List']);
    refuses(checkSummary, [
      ['', /missing/],
      [' ', /missing/],
      ['List orders.', /must end with/],
      ['List orders ', /blank/],
      ['Orders/items', /character "\/"/],
      ['List\norders', /one line/],
      ['x'.repeat(81), /81 characters/],
      ['ListOrders', /write words, such as "List orders"/],
      ['list_orders', /write words/],
      ['Start a Power Automate run', /product "Power Automate"/],
      ['Aufträge auflisten', /English/],
    ]);
    it('lets a custom connector speak any language', () => {
      expect(checkSummary('Aufträge auflisten', 'custom')).to.equal(true);
      expect(checkSummary('List Power Apps', 'custom')).to.equal(true);
    });
  });

  describe('description', () => {
    const check = (text: string) => checkDescription(text, 'List orders');
    accepts(check, ['Returns all orders.', 'returns all orders']);
    refuses(check, [
      ['', /missing/],
      ['list orders.', /more than the summary/],
      ['Returns orders for Power BI.', /Power BI/],
    ]);
  });

  describe('parameter', () => {
    accepts((text) => checkParameterName(text, 'header'), ['X-Trace', 'Accept']);
    refuses(
      (text) => checkParameterName(text, 'header'),
      [
        ['authorization', /belongs to the authentication/],
        ['X Trace', /blanks/],
        ['X:Trace', /name of a header/],
        ['', /missing/],
      ],
    );
    refuses((text) => checkParameterName(text, 'query'), [['connectionId', /platform uses that name/]]);
    refuses(checkParameterPlace, [['body', /allowed are path, query, header/]]);
    accepts(checkParameterSummary, ['Order ID']);
    refuses(checkParameterSummary, [['Order ID:', /end with/]]);
    refuses((text) => checkParameterDescription(text, 'Order ID'), [['order id', /more than/]]);
  });

  accepts(checkVisibility, ['', 'important', 'internal']);
  refuses(checkVisibility, [['Internal', /did you mean internal/]]);
  accepts(checkStatus, ['200', '201']);
  refuses(checkStatus, [['404', /from 200 to 299/]]);
});
