/** Texts that say exactly what a thing is, whatever the API: nobody has to write better ones. */
export const standardTexts = {
  invokeServer: 'Invoke MCP server',
  serverRequests: 'Hands the requests of an agent to the MCP server.',
  mediaTypeOfFile: 'The media type of the file.',
  contentOfFile: 'The content of the file.',
  fileToSend: 'The file to send.',
  nameOfFile: 'The name of the file, with its ending.',
  stateOfTrigger: 'The state of the trigger, which the platform keeps.',
  callbackAddress: 'Filled in by the platform.',
  subscription: 'Identifies the subscription.',
  endOfSubscription: 'Ends the subscription of the trigger.',
  nextPage: 'The URL of the next page.',
} as const;
