export const sendMail = () => 1;
