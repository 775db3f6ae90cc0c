export const PearTree = () => <i />;
