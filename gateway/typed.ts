/** Marks a part of Envoy's configuration with its protobuf type. */
export const typed = (type: string, value: object = {}): object => ({
  "@type": `type.googleapis.com/${type}`,
  ...value,
});
