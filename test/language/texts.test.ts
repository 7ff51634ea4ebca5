import { expect } from 'chai';
import { singular } from '../../src/language/inflection.ts';
import { namesNoThing, operationIdFrom, pascalCase, proposeOperationId } from '../../src/language/operation-ids.ts';
import { describeSummary, summaryFromId, withoutSelf } from '../../src/language/operation-texts.ts';
import { clipPhrase, clipWords, completeSentence, lowerFirst } from '../../src/language/sentences.ts';
import { splitWords, titleCase } from '../../src/language/words.ts';

/** One test per row: input, expected result. */
function table(make: (input: string) => string, rows: readonly (readonly [string, string])[]): void {
  for (const [input, expected] of rows) {
    it(`${JSON.stringify(input)} gives ${JSON.stringify(expected)}`, () => expect(make(input)).to.equal(expected));
  }
}

describe('texts of operations', () => {
  describe('what is done with several, and then', () => {
    table(describeSummary, [
      ['List credential', 'Returns a list of credentials.'],
      ['List order of a customer', 'Returns a list of orders of a customer.'],
      ['List stock', 'Returns a list of stock.'],
      ['Rotate the key and return the new key', 'Rotates the key and returns the new key.'],
      ['Update tags across orders', 'Updates tags across orders.'],
      ['Fetch credential', 'Gets a credential.'],
    ]);
    table(
      (id) => summaryFromId(id),
      [
        ['ListCredential', 'List credentials'],
        ['getstationsdata', 'Get stationsdata'],
        ['getaways', 'Getaways'],
      ],
    );
  });

  describe('splitWords', () => {
    table(
      (name) => splitWords(name).join(' '),
      [
        ['created_at', 'created at'],
        ['createdAt', 'created At'],
        ['filter[status]', 'filter status'],
        ['X-Request-Id', 'X Request Id'],
        ['userIDs', 'user IDs'],
        ['HTTPServerURL', 'HTTP Server URL'],
        ['URLsToKeep', 'URLs To Keep'],
        ['v2Orders', 'v2 Orders'],
        ["customer's name", 'customers name'],
        ['$top', 'top'],
        ['', ''],
      ],
    );
  });

  describe('withoutSelf', () => {
    table(withoutSelf, [
      ['This endpoint allows you to list orders', 'List orders'],
      ['This request returns the countries', 'Returns the countries'],
      ['Use this method to return the countries', 'Return the countries'],
      ['The API can be used to cancel an order', 'Cancel an order'],
      ['This route lets users enable the account', 'Enable the account'],
      ['getArrivals is used to get a list of arrivals', 'Get a list of arrivals'],
      ['Used to obtain all advisories', 'Obtain all advisories'],
      ['Enable or disable users', 'Enable or disable users'],
      ['Allows a user to sign in', 'Allows a user to sign in'],
      ['This month in numbers', 'This month in numbers'],
      ['The API key', 'The API key'],
    ]);
  });

  describe('clipPhrase', () => {
    const cut = (text: string): string => clipPhrase(text, 80);
    table(cut, [
      ['Short', 'Short'],
      [
        'Gets a short-lived access token, which is required in the header of most subsequent calls',
        'Gets a short-lived access token',
      ],
      [
        'Validate and match a receipt against a campaign validation settings by uploading a file of it',
        'Validate and match a receipt against a campaign validation settings',
      ],
      ['Word '.repeat(30).trim(), 'Word '.repeat(16).trim()],
    ]);
  });

  describe('titleCase', () => {
    table(titleCase, [
      ['created_at', 'Created At'],
      ['userIds', 'User IDs'],
      ['filter[status]', 'Filter Status'],
      ['X-Trace', 'Trace'],
      ['x', 'X'],
      ['date_of_birth', 'Date of Birth'],
      ['callbackUrl', 'Callback URL'],
      ['STATUS', 'Status'],
      ['$', 'Value'],
      ['größe', 'Größe'],
    ]);

    it('cuts long names at a word', () => {
      const title = titleCase('alpha_beta_'.repeat(20));
      expect(title.length).to.be.at.most(80);
      expect(title).to.match(/(Alpha|Beta)$/);
    });
  });

  describe('completeSentence', () => {
    table(completeSentence, [
      ['returns  all\norders', 'Returns all orders.'],
      ['Ready?', 'Ready?'],
      ['See "Orders."', 'See "Orders."'],
      ['ends with a comma,', 'Ends with a comma.'],
      ['iPhone orders', 'iPhone orders.'],
      ['   ', ''],
    ]);
  });

  describe('operationIdFrom', () => {
    table(operationIdFrom, [
      ['list customer orders', 'ListCustomerOrders'],
      ['getURL', 'GetURL'],
      ['repos/list-for-org', 'ReposListForOrg'],
      ['Größe ändern', 'GrosseAndern'],
      ['3d models', 'Op3dModels'],
      ['…', ''],
    ]);

    it('has at most 80 characters', () => expect(operationIdFrom('word '.repeat(40)).length).to.be.at.most(80));
  });

  describe('what GET names', () => {
    table(
      (summary) => describeSummary(summary, 'get'),
      [
        ['Export status', 'Returns the export status.'],
        ['List of audio files', 'Returns a list of audio files.'],
        ['Search suggest', 'Returns the search suggest.'],
        ['Follow status for a collection', 'Returns the follow status for a collection.'],
        ['Premium News by Team', 'Returns Premium News by Team.'],
        ['Search orders', 'Searches orders.'],
      ],
    );
  });

  describe('pascalCase', () => {
    table(pascalCase, [
      ['listOrdersUsingGET_1', 'ListOrders'],
      ['repos/list-for-org', 'ReposListForOrg'],
      ['get-station_v2', 'GetStation_V2'],
    ]);
  });

  describe('proposeOperationId', () => {
    const cases = [
      ['get', '/orders', 'ListOrders'],
      ['get', '/orders/{id}', 'GetOrder'],
      ['post', '/orders', 'CreateOrder'],
      ['PATCH', '/orders/{id}', 'UpdateOrder'],
      ['delete', '/orders/{id}', 'DeleteOrder'],
      ['get', '/customers/{id}/orders', 'ListCustomerOrders'],
      ['get', '/customers/{id}/orders/{order}', 'GetCustomerOrder'],
      ['post', '/orders/{id}/cancel', 'CancelOrder'],
      ['get', '/status', 'GetStatus'],
      ['get', '/', 'GetRoot'],
      ['post', '/pricing/odd-pricing', 'CreateOddPricing'],
      ['get', '/TrafficLoops.fmw', 'ListTrafficLoops'],
      ['get', '/conversations.list', 'GetConversationsList'],
      ['post', '/plans/{name}/delete-all-plans', 'DeleteAllPlans'],
      ['get', '/orders({id})', 'GetOrder'],
      ['patch', '/companies(id={company})/orders(id={id})', 'UpdateCompanyOrder'],
      ['get', '/companies({company})/orders', 'ListCompanyOrders'],
      ['post', '/orders({id})/Contoso.Sales.approve', 'ApproveOrder'],
      ['get', '/orders/Default.FindLate(days={days})', 'FindLateOrders'],
    ] as const;
    for (const [method, path, id] of cases) {
      it(`${method} ${path} gives ${id}`, () => expect(proposeOperationId(method, path)).to.equal(id));
    }
  });

  describe('namesNoThing', () => {
    const none = ['findAll', 'getUsingGET_2', 'create_1', 'store', 'get_by_id', 'FindOne'];
    const some = ['searchOrders', 'UsersController_findAll', 'updateStatus', 'export', 'read_item'];
    for (const id of none) it(`${id} could be that of any operation`, () => expect(namesNoThing(id)).to.equal(true));
    for (const id of some) it(`${id} says what it is about`, () => expect(namesNoThing(id)).to.equal(false));
  });

  describe('summaryFromId', () => {
    table(summaryFromId, [
      ['ListCustomerOrders', 'List customer orders'],
      ['GetOrder_V2', 'Get order (V2)'],
      ['GetPDFUrl', 'Get PDF URL'],
      ['list_orders', 'List orders'],
      ['orders.create', 'Create orders'],
      ['imageComponentsGET', 'Get image components'],
      ['revertSnapshotUsingPOST', 'Revert snapshot'],
      ['SubscriptionsApi_PutSubscription', 'Put subscription'],
      ['applications_get_activity_instance', 'Get application activity instance'],
    ]);
  });

  describe('describeSummary', () => {
    table(describeSummary, [
      ['List orders', 'Returns a list of orders.'],
      ['Get order by ID', 'Gets an order by ID.'],
      ['Get order items', 'Gets order items.'],
      ['Create a user', 'Creates a user.'],
      ['Create user', 'Creates a user.'],
      ['Delete status', 'Deletes a status.'],
      ['Copy order', 'Copies order.'],
      ['Search orders', 'Searches orders.'],
      ['Searching performers', 'Searches performers.'],
      ['Retrieving an order', 'Retrieves an order.'],
      ['Bulk update guild roles', 'Updates guild roles in bulk.'],
      ['Leave thread', 'Leaves a thread.'],
      ['Upload file', 'Uploads a file.'],
      ['Upload media', 'Uploads media.'],
      ['Building plans', 'Builds plans.'],
      ['Weather report', 'Performs the operation "Weather report".'],
      ['Get status', 'Gets the status.'],
      ['Get API documentation', 'Gets the API documentation.'],
      ['This request returns all countries', 'This operation returns all countries.'],
      ['List', 'Performs the operation "List".'],
    ]);
  });

  describe('singular', () => {
    table(singular, [
      ['orders', 'order'],
      ['companies', 'company'],
      ['addresses', 'address'],
      ['boxes', 'box'],
      ['status', 'status'],
      ['houses', 'house'],
    ]);
  });

  it('cuts a single long word', () => expect(clipWords('abcdef', 3)).to.equal('abc'));
});

describe('language: labels inside of sentences', () => {
  for (const [label, inside] of [
    ['Client ID', 'client ID'],
    ['E-mail address', 'e-mail address'],
    ['API key', 'API key'],
    ['X-App-Token', 'X-App-Token'],
    ['OAuth token', 'OAuth token'],
  ] as const)
    it(`${label}: your ${inside}`, () => {
      expect(lowerFirst(label)).to.equal(inside);
    });
});
