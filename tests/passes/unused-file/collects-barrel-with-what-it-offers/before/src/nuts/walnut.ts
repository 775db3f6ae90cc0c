export default "walnut";
