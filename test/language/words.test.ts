import { expect } from 'chai';
import { plural, singular, thirdPerson } from '../../src/language/inflection.ts';
import { proposeOperationId } from '../../src/language/operation-ids.ts';
import { describeSummary, summaryFromId } from '../../src/language/operation-texts.ts';
import { titleCase } from '../../src/language/words.ts';

/** One test per row: `input → expected`. */
function table(title: string, make: (input: string) => string, rows: string): void {
  describe(title, () => {
    for (const row of rows.trim().split('\n')) {
      const [input = '', expected = ''] = row.split('→').map((part) => part.trim());
      it(`${input} → ${expected}`, () => expect(make(input)).to.equal(expected));
    }
  });
}

/** Singular and plural of one noun, both ways, and each of itself. */
function nouns(rows: string): void {
  for (const row of rows.trim().split(/\s*[\n,]\s*/)) {
    const [one = '', many = ''] = row.split(/\s+/);
    it(`${one}, ${many}`, () => {
      expect(singular(many)).to.equal(one);
      expect(plural(one)).to.equal(many);
      expect(singular(one), 'singular of a singular').to.equal(one);
      expect(plural(many), 'plural of a plural').to.equal(many);
    });
  }
}

describe('words', () => {
  describe('nouns', () => {
    nouns(`
      movie movies, cookie cookies, status statuses, lens lenses, index indices, address addresses, company companies
      box boxes, class classes, batch batches, branch branches, cache caches, dish dishes, tax taxes, quiz quizzes
      case cases, base bases, house houses, response responses, database databases, purchase purchases, license licenses
      course courses, cause causes, phase phases, release releases, expense expenses, invoice invoices, size sizes
      virus viruses, campus campuses, bonus bonuses, bus buses, alias aliases, person people, child children, man men
      woman women, foot feet, mouse mice, life lives, leaf leaves, shelf shelves, half halves, criterion criteria
      analysis analyses, crisis crises, matrix matrices, vertex vertices, hero heroes, photo photos, video videos
      category categories, query queries, key keys, day days, survey surveys, country countries, policy policies
      order orders, user users, item items, site sites, file files, role roles, vehicle vehicles, page pages, note notes
      image images, language languages, message messages, place places, device devices, service services, tie ties
      process processes, business businesses, gas gases, sku skus, api apis, uri uris, menu menus, taxi taxis
      search searches, match matches, watch watches, wish wishes, branch branches, church churches, fax faxes
    `);
    for (const word of 'data metadata information news series status progress access address sms analytics'.split(
      ' ',
    )) {
      it(`${word} is a singular`, () => expect(singular(word)).to.equal(word));
    }
    it('keeps capitals', () => {
      expect(singular('Movies')).to.equal('Movie');
      expect(singular('COMPANIES')).to.equal('COMPANY');
      expect(plural('Category')).to.equal('Categories');
    });
    for (const word of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
      it(`${word} is a word like any other`, () => {
        expect(singular(word)).to.equal(word);
        expect(titleCase(word)).to.match(/^[A-Z][A-Za-z ]+$/);
        expect(summaryFromId(word)).not.to.contain('native code');
      });
    }
  });

  table(
    'third person',
    thirdPerson,
    `
      get → gets
      push → pushes
      reply → replies
      pay → pays
      fix → fixes
      undo → undoes
      pass → passes
      copy → copies
    `,
  );

  table(
    'titles',
    titleCase,
    `
      userIDs → User IDs
      userIds → User IDs
      api_urls → API URLs
      hr_data → HR Data
      isbn_number → ISBN Number
      created_at → Created At
      PayPal-Request-Id → PayPal Request ID
      includeOAuth → Include OAuth
      require2FA → Require 2FA
      scrapeJavaScript → Scrape JavaScript
      gitHubUrl → GitHub URL
      github_url → GitHub URL
      oauth2Token → OAuth2 Token
      macOSVersion → macOS Version
      orderNumber → Order Number
      lastName → Last Name
      X-Trace → Trace
      X-Request-Id → Request ID
      date_of_birth → Date of Birth
      filter[createdAt] → Filter Created At
      getURLFor → Get URL For
      URLsToKeep → URLs to Keep
      HTTPServerURL → HTTP Server URL
      address1 → Address1
      address_line_2 → Address Line 2
      v2Orders → V2 Orders
      STATUS → Status
      is_active → Is Active
      iban → IBAN
      vatNumber → VAT Number
      sku → SKU
      linkedinProfile → LinkedIn Profile
      WordPressSite → WordPress Site
      A2PProfileBundleSid → A2P Profile Bundle SID
      größe → Größe
      $top → Top
      it_department → It Department
      contact_us → Contact Us
      USState → US State
      mp3File → MP3 File
      sha256 → Sha256
      _links → Links
      on_behalf_of → On Behalf Of
    `,
  );

  table(
    'ids of operations',
    (request) => proposeOperationId(...(request.split(' ') as [string, string])),
    `
      GET /orders → ListOrders
      GET /orders/{id} → GetOrder
      POST /orders → CreateOrder
      PUT /orders/{id} → UpdateOrder
      PATCH /orders/{id} → UpdateOrder
      DELETE /orders/{id} → DeleteOrder
      DELETE /orders → DeleteOrders
      POST /orders/{id} → PostOrder
      GET /movies/{movieId} → GetMovie
      GET /cookies/{cookieId} → GetCookie
      GET /statuses/{statusId} → GetStatus
      GET /companies/{companyId} → GetCompany
      GET /lens/{id} → GetLens
      GET /indices/{id} → GetIndex
      GET /people/{id} → GetPerson
      GET /people → ListPeople
      GET /children/{id} → GetChild
      GET /caches/{id} → GetCache
      GET /databases/{id} → GetDatabase
      GET /news → GetNews
      GET /status → GetStatus
      GET /data → GetData
      GET / → GetRoot
      GET /v1/orders → ListOrders
      GET /api/v2/orders/{id} → GetOrder
      GET /customers/{id}/orders → ListCustomerOrders
      GET /customers/{id}/orders/{order} → GetCustomerOrder
      POST /customers/{id}/orders → CreateCustomerOrder
      POST /orders/{id}/cancel → CancelOrder
      POST /orders/{id}/send-reminder → SendReminderOrder
      GET /orders/search → SearchOrders
      POST /orders/search → SearchOrders
      GET /orders/{id}/history → GetOrderHistory
      GET /orders/{id}/test → GetOrderTest
      GET /store/inventory → GetStoreInventory
      GET /user/me → GetUserMe
      GET /order-items → ListOrderItems
      GET /order_items/{id} → GetOrderItem
      GET /orderItems/{id} → GetOrderItem
      GET /products.json → ListProducts
      HEAD /orders/{id} → HeadOrder
      GET /a/{x}/b/{y}/c/{z} → GetBC
      GET /users/{id}/addresses → ListUserAddresses
      GET /users/{id}/address → GetUserAddress
      POST /media → CreateMedia
    `,
  );

  it('a PUT beside a PATCH replaces', () => {
    expect(proposeOperationId('put', '/orders/{id}', { hasPatch: true })).to.equal('ReplaceOrder');
  });

  table(
    'summaries of ids',
    summaryFromId,
    `
      ListCustomerOrders → List customer orders
      GetOrder_V2 → Get order (V2)
      GetPDFUrl → Get PDF URL
      list_orders → List orders
      orders.create → Create orders
      orders.get → Get orders
      1stThing → 1st thing
      getPayPalOrders → Get PayPal orders
      users/list → List users
    `,
  );

  table(
    'descriptions of summaries',
    describeSummary,
    `
      Get order by ID → Gets an order by ID.
      Get orders → Gets orders.
      Get an order → Gets an order.
      List orders → Returns a list of orders.
      Create order → Creates an order.
      Create or update order → Creates or updates an order.
      Update user → Updates a user.
      Add invoice → Adds an invoice.
      Retrieves a report of all parcels → This operation retrieves a report of all parcels.
      Updates the specified occurrence → This operation updates the specified occurrence.
      Deletes the dictionary → This operation deletes the dictionary.
      Inspect an edge stack → Inspects an edge stack.
      Approves a timesheet → This operation approves a timesheet.
      Mark notifications as read → Marks notifications as read.
      Handles renewal of a loan → This operation handles renewal of a loan.
      Sends a reminder to the reader → This operation sends a reminder to the reader.
      Frobnicate the widget → Frobnicates the widget.
      Restarts the app → This operation restarts the app.
      Verify email → Verifies email.
      Apply discount → Applies discount.
      When an order is created → This operation triggers when an order is created.
      Delete HTTP header → Deletes an HTTP header.
      Delete URL → Deletes a URL.
    `,
  );

  it('a thing is returned by GET, and left as it is otherwise', () => {
    expect(describeSummary('Order history', 'get')).to.equal('Returns the order history.');
    expect(describeSummary('Weather alert', 'post')).to.equal('Performs the operation "Weather alert".');
    expect(describeSummary('Account balance', 'GET')).to.equal('Returns the account balance.');
  });
});
