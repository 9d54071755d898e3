/** The key of the activity that stands for all the work in the city: the only item of the project. */
export const CITY_WORK_KEY = 'city';
