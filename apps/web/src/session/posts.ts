import { MATRIX, mayDoToday, type PostOfToday, type Operation, type Role } from '@lokmin/access';
import type { ViewerFieldsFragment } from '../api/operations.generated.ts';

/** The signed-in person with the posts of today. */
export type Viewer = ViewerFieldsFragment;

const roleOf = (post: Pick<Viewer['posts'][number], 'role'>): Role => post.role.toLowerCase() as Role;

/** The gateway names the posts of today only; a unit is known to the screens by its official code. */
const held = (viewer: Viewer): PostOfToday[] =>
  viewer.posts.map((post) => ({
    unitId: post.puskesmas?.code ?? post.districtCode,
    districtCode: post.districtCode,
    role: roleOf(post),
    program: post.program,
    coaches: (post.coachingGroup?.puskesmas ?? []).map(({ code }) => code),
  }));

/** Whether a screen offers something; the services decide by the same matrix whether it is allowed. */
export function may(
  viewer: Viewer,
  operation: Operation,
  target: { puskesmas?: string; district?: string; program?: string },
): boolean {
  const districtCode = target.district ?? districtOf(viewer, target.puskesmas);
  if (districtCode === null) return false;
  const { program, puskesmas: unitId } = target;
  return mayDoToday(held(viewer), operation, {
    districtCode,
    ...(unitId !== undefined && { unitId }),
    ...(program !== undefined && { program }),
  });
}

/** Whether some post of the person records values at all. */
export const recordsValues = (viewer: Viewer): boolean =>
  viewer.posts.some((post) => roleOf(post) in MATRIX['values.record']);

/** The districts whose page the person may open. */
export const districtsOf = (viewer: Viewer): string[] =>
  [...new Set(viewer.posts.map((post) => post.districtCode))].filter((district) =>
    may(viewer, 'district.view', { district }),
  );

/** The coaching groups that the person coaches, each with the page of its overview. */
export const coachedBy = (viewer: Viewer): { name: string; page: string; puskesmas: string[] }[] =>
  viewer.posts.flatMap(({ districtCode, coachingGroup }) =>
    coachingGroup
      ? [
          {
            name: coachingGroup.name,
            page: `/kabupaten/${districtCode}/binaan/${encodeURIComponent(coachingGroup.code)}`,
            puskesmas: coachingGroup.puskesmas.map(({ code }) => code),
          },
        ]
      : [],
  );

/** The districts whose mails and failures the person looks after. */
export const operatedBy = (viewer: Viewer): string[] =>
  [...new Set(viewer.posts.map((post) => post.districtCode))].filter((district) =>
    may(viewer, 'system.operate', { district }),
  );

/** Whether some post allows questions to the API in words of one's own. */
export const asksInOwnWords = (viewer: Viewer): boolean =>
  viewer.posts.some(({ districtCode }) => may(viewer, 'api.adhoc', { district: districtCode }));

/** The districts whose service accounts the person keeps. */
export const keepsServiceAccountsOf = (viewer: Viewer): string[] =>
  [...new Set(viewer.posts.map((post) => post.districtCode))].filter((district) =>
    may(viewer, 'service-account.keep', { district }),
  );
/** Whose audit trail the person may see: districts, or a puskesmas of the person. */
export const auditedBy = (
  viewer: Viewer,
): { key: string; name: string; district: string; puskesmas: string | null }[] => {
  const posts = viewer.posts.map((post) => ({ district: post.districtCode, unit: post.puskesmas }));
  const districts = [...new Set(posts.map(({ district }) => district))].filter((district) =>
    may(viewer, 'audit.view', { district }),
  );
  const units = new Map(
    posts.flatMap(({ district, unit }) =>
      unit && !districts.includes(district) && may(viewer, 'audit.view', { district, puskesmas: unit.code })
        ? [[unit.code, { name: unit.name, district }]]
        : [],
    ),
  );
  return [
    ...districts.map((district) => ({ key: `${district} `, name: district, district, puskesmas: null })),
    ...[...units].map(([code, { name, district }]) => ({
      key: `${district} ${code}`,
      name,
      district,
      puskesmas: code,
    })),
  ];
};

/** The district of a puskesmas: that of the person's post there, or else of the person's first post. */
export const districtOf = (viewer: Viewer, puskesmas?: string): string | null =>
  (viewer.posts.find((post) => post.puskesmas?.code === puskesmas) ?? viewer.posts[0])?.districtCode ?? null;

/** Where the person starts: the district page for who may open it, else the own coaching group or puskesmas. */
export function startPage(viewer: Viewer): string | null {
  const [district] = districtsOf(viewer);
  if (district) return `/kabupaten/${district}`;
  const [group] = coachedBy(viewer);
  if (group) return group.page;
  const own = viewer.posts.find((post) => post.puskesmas !== null);
  return own?.puskesmas ? `/puskesmas/${own.puskesmas.code}` : null;
}
