/** The two yards of the demo and the towns around them: names, money, time, prices and who sells energy there. */
export type PublicOperator = { readonly partyId: string; readonly name: string; readonly pricePerKwh: number };

export type DemoDepot = {
  readonly code: string;
  readonly id: string;
  readonly name: string;
  readonly city: string;
  readonly centre: readonly [latitude: number, longitude: number];
  /** Where the yard lies, as shares of the city's radius east and north of the centre. */
  readonly yard: readonly [east: number, north: number];
  readonly countryCode: string;
  readonly country: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly vat: number;
  readonly depotPricePerKwh: number;
  readonly airMeanC: number;
  readonly airSwingC: number;
  readonly operators: readonly PublicOperator[];
  readonly quarters: readonly string[];
};

export const DEMO_DEPOTS: readonly [DemoDepot, DemoDepot] = [
  {
    code: 'BLR',
    id: 'DEPOT-BLR',
    name: 'Bengaluru North',
    city: 'Bengaluru',
    centre: [12.9716, 77.5946],
    yard: [0.12, 0.62],
    countryCode: 'IN',
    country: 'IND',
    timeZone: 'Asia/Kolkata',
    currency: 'INR',
    vat: 0.18,
    depotPricePerKwh: 8.4,
    airMeanC: 26,
    airSwingC: 4.5,
    operators: [
      { partyId: 'KVC', name: 'Kaveri Charge', pricePerKwh: 18.5 },
      { partyId: 'NMG', name: 'Namma Grid', pricePerKwh: 21 },
      { partyId: 'DCN', name: 'Deccan Volt', pricePerKwh: 23.75 },
    ],
    quarters: [
      'Lotus Circle',
      'Old Tank Road',
      'Cantonment Gate',
      'Silk Board East',
      'Market Square',
      'Lakeview',
      'Temple Street',
      'Ring Road West',
      'Jacaranda Park',
      'Mill Corner',
      'Garden Layout',
      'Tech Avenue',
      'Station Yard',
      'Palace Cross',
      'Banyan Junction',
    ],
  },
  {
    code: 'BER',
    id: 'DEPOT-BER',
    name: 'Berlin Tempelhof',
    city: 'Berlin',
    centre: [52.52, 13.405],
    yard: [-0.03, -0.6],
    countryCode: 'DE',
    country: 'DEU',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    vat: 0.19,
    depotPricePerKwh: 0.24,
    airMeanC: 17,
    airSwingC: 6,
    operators: [
      { partyId: 'SPR', name: 'Spreestrom', pricePerKwh: 0.46 },
      { partyId: 'HVL', name: 'Havelladen', pricePerKwh: 0.49 },
      { partyId: 'LPG', name: 'Ladepunkt Mitte', pricePerKwh: 0.55 },
    ],
    quarters: [
      'Lindenplatz',
      'Am Kanal',
      'Alte Brauerei',
      'Nordring',
      'Markthalle',
      'Seeufer',
      'Mühlenweg',
      'Westkreuz',
      'Kastanienallee',
      'Gleisdreieck',
      'Gartenstadt',
      'Technologiepark',
      'Ostbahnhof',
      'Schlossallee',
      'Ahornplatz',
    ],
  },
];

/** The yards' own charge points belong to the fleet. */
export const DEPOT_OPERATOR = { partyId: 'ION', name: 'IONAGE Depots' } as const;

/** What the fleet agreed with one operator, or with all others where none is named. Prices are net. */
type AgreedTerms = {
  readonly partyId?: string;
  readonly discount_percent: number;
  readonly caps?: readonly { readonly dimension: string; readonly current?: string; readonly max_price: number }[];
  readonly volume_steps?: readonly { readonly from_kwh: number; readonly discount_percent: number }[];
};

export type DemoContract = {
  readonly id: string;
  readonly name: string;
  readonly currency: string;
  readonly account: {
    readonly id: string;
    readonly name: string;
    readonly kind: 'PREPAID' | 'POSTPAID';
    /** Paid in, or the credit limit. */
    readonly opening: number;
    readonly startMinimum: number;
  };
  readonly terms: readonly AgreedTerms[];
};

/** One of each kind: a wallet in rupees, a credit line in euros. */
export const CONTRACTS: readonly [DemoContract, DemoContract] = [
  {
    id: 'CON-IN-2026',
    name: 'Karnataka fleet 2026',
    currency: 'INR',
    account: { id: 'WALLET-IN', name: 'India wallet', kind: 'PREPAID', opening: 660_000, startMinimum: 1500 },
    terms: [
      { partyId: 'KVC', discount_percent: 0, caps: [{ dimension: 'ENERGY', current: 'DC', max_price: 25 }] },
      { partyId: 'NMG', discount_percent: 0, volume_steps: [{ from_kwh: 200_000, discount_percent: 4 }] },
      { discount_percent: 0, caps: [{ dimension: 'ENERGY', max_price: 34 }] },
    ],
  },
  {
    id: 'CON-DE-2026',
    name: 'Berlin fleet 2026',
    currency: 'EUR',
    account: { id: 'CREDIT-DE', name: 'Germany credit line', kind: 'POSTPAID', opening: 40_000, startMinimum: 25 },
    terms: [
      { partyId: 'SPR', discount_percent: 0, caps: [{ dimension: 'ENERGY', max_price: 0.52 }] },
      { partyId: 'HVL', discount_percent: 0, volume_steps: [{ from_kwh: 100_000, discount_percent: 6 }] },
      // Ladepunkt Mitte asks more than this for direct current: what a guard is there to find.
      { discount_percent: 0, caps: [{ dimension: 'ENERGY', current: 'DC', max_price: 0.6 }] },
    ],
  },
];
