/** Words by which a claim says that something begins. */
export const begins = /^(?:began|begin|begins|beginning|start|starts|started|starting|first|appeared|emerged|arose|broke)$/;

/** That it ends. */
export const ends =
  /^(?:ended|end|ends|ending|stopped|stop|stops|ceased|ceases|last|over|finished|disappeared|vanished|subsided|resolved|recovered|fixed|cleared)$/;

/** That it is over. */
export const isOverWord = /^(?:stopped|ceased|ended|finished|disappeared|vanished|subsided|gone)$/;
