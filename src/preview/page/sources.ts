/** Who says so: each view names where its rules come from, and of which date they are. */
export const sources = {
  designer:
    'As Microsoft’s published code of the Logic Apps designer does it (Azure/LogicAppsUX, 21 August 2026); that Power Automate’s new designer does the same is inferred.',
  connection:
    'As Microsoft’s published code of the Logic Apps designer makes connections (Azure/LogicAppsUX, createConnection, 21 August 2026).',
  powerApps:
    'As Microsoft’s published code of Power Fx calls connectors (microsoft/Power-Fx, 1 July 2026); names are shown as Power Apps writes them.',
  agent:
    'As Copilot Studio’s published templates describe connector actions (microsoft/skills-for-copilot-studio, 16 April 2026). Tokens are estimated: four bytes each.',
  tile: 'Icon, colour and texts as apiProperties.json and the definition have them; rules of icons: docs/reference, November 2026.',
  changes: 'The sentences of pp-connector diff; forms before and after by the same rules as everywhere here.',
} as const;
