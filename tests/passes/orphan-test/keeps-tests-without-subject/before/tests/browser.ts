export const open = async (address: string): Promise<number> => (await fetch(address)).status;
