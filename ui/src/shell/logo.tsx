/** Herald's logo: a bugle on a square, next to the name. */
export function Logo({ size = 28 }: { size?: number }) {
  return <img src={`${import.meta.env.BASE_URL}static/favicon.svg`} width={size} height={size} alt="" />;
}
