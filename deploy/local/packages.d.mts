export function packagesAreInstalled(root: string): boolean;
export function installPackages(root: string): Promise<void>;
