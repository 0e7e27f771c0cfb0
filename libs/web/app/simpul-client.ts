import { useEffect, useState } from 'react';
import { SimpulClient } from '#libs/client';

/** The live client of a person, connected as long as the shell stands; `null` in the first moment. */
export function useSimpulClient(personId: string): SimpulClient | null {
  const [client, setClient] = useState<SimpulClient | null>(null);
  useEffect(() => {
    const made = new SimpulClient({ url: '', personId });
    made.connect();
    setClient(made);
    return () => {
      setClient(null);
      made.close();
    };
  }, [personId]);
  return client;
}
