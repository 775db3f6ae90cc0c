export const squeeze = () => "juice";
