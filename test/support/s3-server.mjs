// Its package lacks the small file that would do this.
import program from '@20minutes/s3rver/lib/cli.js';

program.parse();
