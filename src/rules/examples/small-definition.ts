/** A definition as text, for the examples of rules about the text itself. */

/** Small, whole, and without findings. */
export const smallDefinition = `{
    "swagger": "2.0",
    "info": {
        "title": "Contoso Weather",
        "description": "Reads current measurements of the Contoso weather stations.",
        "version": "1.0",
        "contact": {
            "name": "Contoso Support",
            "url": "https://support.contoso.com",
            "email": "support@contoso.com"
        }
    },
    "host": "weather.contoso.com",
    "basePath": "/v1",
    "schemes": ["https"],
    "paths": {
        "/stations": {
            "get": {
                "operationId": "ListStations",
                "summary": "List stations",
                "description": "Returns the weather stations.",
                "responses": {
                    "200": {
                        "description": "The stations.",
                        "schema": {
                            "type": "array",
                            "items": { "type": "string", "x-ms-summary": "Station", "description": "Its name." }
                        }
                    }
                }
            }
        }
    },
    "x-ms-connector-metadata": [
        { "propertyName": "Website", "propertyValue": "https://www.contoso.com" },
        { "propertyName": "Privacy policy", "propertyValue": "https://www.contoso.com/privacy" },
        { "propertyName": "Categories", "propertyValue": "Data;Productivity" }
    ]
}
`;

const fileName = 'apiDefinition.swagger.json';
/** An example whose only file is this text. */
export const withText = (text: string) => ({ setting: 'file' as const, files: { [fileName]: text } });
export const withBytes = (bytes: Buffer) => ({
  setting: 'file' as const,
  files: { [fileName]: { base64: bytes.toString('base64') } },
});
