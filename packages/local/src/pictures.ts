/**
 * `npm run pictures`: composes the rooms and sizes of the shop's pictures from the drawings of its products, after a drawing or a
 * scene has changed. The same drawings give the same files. It needs a browser, which measures the drawings.
 */
import { launchBrowser, NO_BROWSER } from "./environment/browser.ts";
import { writePictures } from "./pictures/write-pictures.ts";

const browser = await launchBrowser();
if (browser === undefined) {
  console.error(NO_BROWSER);
  process.exitCode = 1;
} else {
  const changed = await writePictures(browser);
  await browser.close();
  console.log(changed.length === 0 ? "all pictures are as they were" : `wrote ${changed.length} files`);
}
