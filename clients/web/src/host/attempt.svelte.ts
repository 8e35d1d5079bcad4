// One thing asked of the server at a time, with what it answered when it refused.
import { SummitFault } from '@summit/client';
import { faultText } from '../i18n/faults.ts';

export class Attempt {
  busy = $state(false);
  problem = $state('');
  /** What was refused may go through when it is sent again as it is. */
  retry = false;

  /** Whether it was done. A refusal is kept as `problem`; anything else is a bug and thrown on. */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    this.busy = true;
    this.problem = '';
    try {
      await work();
      return true;
    } catch (fault) {
      if (!(fault instanceof SummitFault)) throw fault;
      this.problem = faultText(fault.fault);
      this.retry = fault.retry;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
