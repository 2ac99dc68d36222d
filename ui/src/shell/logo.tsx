/** The mark of Herald: a bugle on a square. The name stands beside it. */
export function Logo({ size = 28 }: { size?: number }) {
  return <img src={`${import.meta.env.BASE_URL}static/favicon.svg`} width={size} height={size} alt="" />;
}
