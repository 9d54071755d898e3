/** What goes through the door between a tool and the city of a worker, on both of its sides. */
import * as z from 'zod';

/** What somebody has written after the name of a tool. */
export const WordsSchema = z.strictObject({
  values: z.record(z.string(), z.union([z.string(), z.boolean()])),
  positionals: z.array(z.string()),
});

/** A line of the answer: some text, or how it ended. */
export const LineSchema = z.union([
  z.strictObject({ said: z.string() }),
  z.strictObject({ ended: z.enum(['right', 'wrong']) }),
  z.strictObject({ refused: z.string() }),
]);
export type ToolLine = z.infer<typeof LineSchema>;

/** A row of a table, or the key behind which a page begins. */
export const RowSchema = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));

/** A page of a table that moves in; one that was read tells the `next` besides. */
export const PageSchema = z.strictObject({ table: z.string(), rows: z.array(RowSchema) });
