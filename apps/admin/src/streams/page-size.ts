/** Events of a stream on one page. */
export const STREAM_PAGE = 200;
