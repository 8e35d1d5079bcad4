// Reads QR codes from the camera: by the browser where it can, else by a library that is loaded only then.
export type Reader = (video: HTMLVideoElement) => Promise<string | null>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Wide enough for a code at arm's length; more would only cost time. */
const readWidth = 640;

export async function reader(): Promise<Reader> {
  const native = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (native && (await native.getSupportedFormats()).includes('qr_code')) {
    const detector = new native({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { default: decode } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  return (video) => {
    canvas.width = Math.min(readWidth, video.videoWidth);
    canvas.height = Math.round((canvas.width * video.videoHeight) / video.videoWidth);
    const drawing = canvas.getContext('2d', { willReadFrequently: true });
    if (!drawing || canvas.width === 0) return Promise.resolve(null);
    drawing.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return Promise.resolve(decode(drawing.getImageData(0, 0, canvas.width, canvas.height)));
    } catch {
      // No code in sight: that is how the library says so.
      return Promise.resolve(null);
    }
  };
}
